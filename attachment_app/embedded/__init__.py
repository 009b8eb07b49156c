"""The real PostgreSQL and Valkey of a fresh machine, and the supervisor that runs the site. Not for production."""
