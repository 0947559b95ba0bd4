"""The names of fields and expansions that X's description 2.159 knows."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


POST_FIELDS = _names("""
    article attachments author_id card_uri community_id context_annotations conversation_id created_at
    display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang
    media_metadata non_public_metrics note_tweet organic_metrics possibly_sensitive promoted_metrics
    public_metrics referenced_tweets reply_settings scopes source suggested_source_links
    suggested_source_links_with_counts text withheld
""")
USER_FIELDS = _names("""
    affiliation confirmed_email connection_status created_at description entities id is_identity_verified
    location most_recent_tweet_id name parody pinned_tweet_id profile_banner_url profile_image_url protected
    public_metrics receives_your_dm subscription subscription_type url username verified
    verified_followers_count verified_type withheld
""")
MEDIA_FIELDS = _names("""
    alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url
    promoted_metrics public_metrics type url variants width
""")
POST_EXPANSIONS = _names("""
    article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet
    attachments.poll_ids author_id edit_history_tweet_ids entities.mentions.username geo.place_id
    in_reply_to_user_id entities.note.mentions.username referenced_tweets.id
    referenced_tweets.id.attachments.media_keys referenced_tweets.id.author_id
""")
USER_EXPANSIONS = _names("""
    affiliation.user_id most_recent_tweet_id pinned_tweet_id
""")
USAGE_FIELDS = _names("""
    cap_reset_day daily_client_app_usage daily_project_usage project_cap project_id project_usage
""")
