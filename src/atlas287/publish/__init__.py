"""What others take away: data sets, and later feeds and the static site."""
