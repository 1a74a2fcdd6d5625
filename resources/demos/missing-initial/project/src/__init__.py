"""Extracts design tokens from screenshots."""
