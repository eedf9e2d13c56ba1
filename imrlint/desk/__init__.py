"""One letter at a person's desk: fixes made and asked about, findings written into its margin."""
