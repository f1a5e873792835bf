"""How the people at a table look to whoever sits across, for every face that draws them."""
