"""Plan payments: what was due under the plan's steps, what a trustee's export shows, and the verdict: is the debtor current."""
