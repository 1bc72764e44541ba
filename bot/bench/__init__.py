"""The project's own benchmarks: what is measured, on which data, beside which bound. They print, they never assert."""
