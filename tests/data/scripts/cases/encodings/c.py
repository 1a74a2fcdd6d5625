#!/usr/bin/python
# vim: fileencoding=cp1252
"""euro €"""
revision = "c€"
down_revision = "b"
