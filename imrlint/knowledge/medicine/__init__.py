"""Drugs, treatments, parts of the body and clinical findings by the names they go by."""
