"""What the words of a letter mean: dates, drugs, recitals. Each letter is read once."""
