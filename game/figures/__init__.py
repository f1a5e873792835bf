"""Data to SVG text: graphs, circles, bars and calendars that report and desktop share."""
