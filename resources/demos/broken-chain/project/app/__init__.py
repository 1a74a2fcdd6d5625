"""Habits, lessons and programs."""
