"""A session as records tell it, and what may be done next: no clock, disk or page."""
