"""naïve

中"""
revision = "中"
down_revision = "c€"
