"""What is offered to the public: listings, their versions, photos and search."""
