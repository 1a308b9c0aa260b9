"""Plan payments, mortgage and trial payments in the ledger: what exports, papers and persons told, and the verdicts kept."""
