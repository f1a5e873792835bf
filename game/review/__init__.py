"""What each move was worth, and how a trainee fares over many engagements."""
