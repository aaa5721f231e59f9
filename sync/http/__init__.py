"""The hub over HTTP: the carrier, resumable uploads, trust, enrolment."""
