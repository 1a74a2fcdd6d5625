"""Dashtam: accounts of several financial providers in one place."""
