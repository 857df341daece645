"""Generated from the schema of Operation Center."""
