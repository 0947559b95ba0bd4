/* Which files, byte for byte the same, stand in several posts, and which post had them first?
   The same clip encoded anew has other bytes and is not found here. */
SELECT o.sha256, o.kind, o.duration_s, count(DISTINCT p.id) AS posts, count(DISTINCT p.account_id) AS accounts,
    min(coalesce(p.posted_at, p.id_time)) AS first_posted_at,
    (SELECT x.url FROM media y JOIN post x ON x.id = y.post WHERE y.sha256 = o.sha256
        ORDER BY coalesce(x.posted_at, x.id_time, x.seen_at), x.id LIMIT 1) AS first_post,
    group_concat(DISTINCT p.url) AS post_urls
FROM object o
JOIN media m ON m.sha256 = o.sha256
JOIN post p ON p.id = m.post
GROUP BY o.sha256
HAVING count(DISTINCT p.id) > 1
ORDER BY accounts DESC, posts DESC;
