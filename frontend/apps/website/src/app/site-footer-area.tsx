import { AcademyLink } from '@tt/auth/site-links';
import { SiteFooter } from '@tt/ui/site-footer';
import { Link } from 'react-router';
import { NewsletterPanel } from '../features/newsletter/newsletter-panel';
import { messages } from './messages';

const { navigation } = messages;

export function SiteFooterArea() {
  const columns = [
    {
      title: messages.footer.site,
      links: [
        <Link key="services" to="/services">{navigation.services}</Link>,
        <Link key="quiz" to="/quiz">{navigation.quiz}</Link>,
        <Link key="blog" to="/blog">{navigation.blog}</Link>,
        <a key="feed" href="/feed.xml">{messages.feed}</a>,
      ],
    },
    {
      title: messages.footer.learn,
      links: [
        <AcademyLink key="courses" to="/courses">{messages.allCourses}</AcademyLink>,
        <AcademyLink key="verify" to="/verify">{messages.verify}</AcademyLink>,
      ],
    },
    {
      title: messages.footer.house,
      links: [
        <Link key="about" to="/about">{navigation.about}</Link>,
        <Link key="contact" to="/contact">{navigation.contact}</Link>,
        <Link key="privacy" to="/privacy">{messages.privacy}</Link>,
      ],
    },
  ];
  return (
    <SiteFooter tagline={messages.tagline} columns={columns} legal={messages.legal(new Date().getFullYear())}>
      <NewsletterPanel source="footer" />
    </SiteFooter>
  );
}
