"""What the templates need beside what Django has."""
