"""L5: public-private partnerships of schools and firms."""
