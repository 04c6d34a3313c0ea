"""Outages and maintenance on their way in: a file read and checked row by row, or nothing of it is saved."""
