"""Code that all backend services use."""
