/**
 * One idea: the browser and the CDN are layers too.
 *
 * <p>{@link io.stateward.cache.http.HttpCaching} makes response headers of a {@link
 * io.stateward.cache.Result}: how long each may keep its copy, by which keys a CDN can be told to
 * drop it, and what a client can ask with whether it changed. {@link
 * io.stateward.cache.http.Purging} tells the CDN when something is invalidated. A browser cannot be
 * told, so what it keeps is old for as long as it was allowed to keep it, and no shorter.
 *
 * <p>Nothing here knows a server: what comes out are a status and headers.
 *
 * <p>Start at {@link io.stateward.cache.http.HttpCaching}.
 */
@NullMarked
package io.stateward.cache.http;

import org.jspecify.annotations.NullMarked;
