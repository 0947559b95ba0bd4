"""What makes copies evidence: the custody log (`custody`) and the bags that leave the house (`bag`)."""
