"""The pages of the desk: a request in, a service called, a template out. No rule of the desk is here."""
