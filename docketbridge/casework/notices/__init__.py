"""Changes told: who wished for them, letters and digests, mail and webhooks, each sent once."""
