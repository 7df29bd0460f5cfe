"""Sound: a microphone that listens, speech pressed to MP3 as it comes, a player. Knows no Qt, no store, no casework."""
