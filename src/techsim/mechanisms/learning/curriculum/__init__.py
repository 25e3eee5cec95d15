"""L6: currency of what is taught."""
