import { LatestPosts } from '../features/blog/latest-posts';
import { FeaturedCourses } from '../features/courses/featured-courses';
import { HomePage } from '../features/home/home-page';

/** The home page is where three features meet. */
export function HomeRoute() {
  return <HomePage courses={<FeaturedCourses />} posts={<LatestPosts />} />;
}
