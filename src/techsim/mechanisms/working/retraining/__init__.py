"""W2 and W4: retraining and side entry."""
