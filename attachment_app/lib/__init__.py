"""Pure functions: nothing here reads a database, a request or a clock."""
