/* How long did it take from a post to the first article that cites it?
   `minutes` is empty where the post or the article tells no time, and negative where the article is dated before the post:
   an article that was updated later, or a date that is wrong. */
WITH cited AS (
    SELECT p.id, p.platform, p.url, acc.handle, coalesce(p.posted_at, p.id_time) AS posted_at, a.published_at, a.publisher, a.title,
        row_number() OVER (PARTITION BY p.id ORDER BY a.published_at IS NULL, a.published_at, a.id) AS place
    FROM link l
    JOIN citation c ON c.id = l.citation_id
    JOIN article a ON a.id = c.article_id
    JOIN post p ON p.id = l.post
    JOIN account acc ON acc.id = p.account_id
    WHERE l.state = 'confirmed'
)
SELECT round((julianday(published_at) - julianday(posted_at)) * 1440) AS minutes, platform, handle, posted_at, published_at,
    publisher, title, url
FROM cited
WHERE place = 1
ORDER BY minutes IS NULL, minutes;
