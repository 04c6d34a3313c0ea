"""What `script/*` is made of: standard library and wheels only, so that it runs before Django does."""
