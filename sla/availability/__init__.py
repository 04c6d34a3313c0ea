"""Availability (oppetid): outages against the agreed service time, per service, organisation and month."""
