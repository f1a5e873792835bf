"""What a room made of its meeting: reviews, slides, reports, tables to take away."""
