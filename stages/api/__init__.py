"""The onboarding API."""
