"""What our users could run instead, asked the same questions."""
