"""Running an instance: its health, its jobs, its backups."""
