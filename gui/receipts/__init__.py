"""The receipts screen: shows, prints and saves receipts."""
