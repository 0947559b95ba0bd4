"""Posts of any site that yt-dlp reads, from what it tells; asking it is the media department's."""
