# -*- coding: latin-1 -*-
"""café"""
revision = "café"
down_revision = None
