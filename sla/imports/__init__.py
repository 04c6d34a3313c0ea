"""A service desk's export on its way in: read as a stream, staged in a schema of its own, judged and saved by SQL."""
