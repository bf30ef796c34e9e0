"""How the schema of the database came to be, step by step; run by `app.storage.schema_upgrade`."""
