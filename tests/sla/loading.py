"""An agreement as an operator loads it."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
CONFIG = {
    "tz": "Europe/Oslo",
    "weekly": {day: [["08:00", "15:45"]] for day in WEEKDAYS},
    "holidays": ["2016-03-24", "2016-03-25"],
    "targets": {"1": {"response": 30, "resolution": 240}, "3": {"response": 60, "resolution": 480}},
    "wanted": 0.95,
    "good_enough": 0.9,
    "municipality": {"Location 143": "4203", "*": "4204"},
    "service": {"Category 42": "EPOST", "*": "BRUKER"},
}
