"""Service credits: what a missed guarantee takes off the price of a month."""
