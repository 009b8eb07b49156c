"""The real PostgreSQL and Valkey of a fresh machine, and the supervisor that runs the whole site. Not for production."""
