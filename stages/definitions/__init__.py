"""The seven stages as data and pure functions: nothing here touches a database, a model or the network."""
