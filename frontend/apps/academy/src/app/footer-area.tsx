import { WebsiteLink } from '@tt/auth/site-links';
import { SiteFooter } from '@tt/ui/site-footer';
import { Link } from 'react-router';
import { messages } from './messages';

export function FooterArea() {
  const columns = [
    {
      title: messages.footer.learn,
      links: [
        <Link key="courses" to="/courses">{messages.allCourses}</Link>,
        <Link key="verify" to="/verify">{messages.verify}</Link>,
      ],
    },
    {
      title: messages.footer.you,
      links: [
        <Link key="learning" to="/my-learning">{messages.navigation.myLearning}</Link>,
        <Link key="certificates" to="/certificates">{messages.navigation.certificates}</Link>,
      ],
    },
    {
      title: messages.footer.house,
      links: [
        <WebsiteLink key="quiz" to="/quiz">{messages.quiz}</WebsiteLink>,
        <WebsiteLink key="blog" to="/blog">{messages.blog}</WebsiteLink>,
        <WebsiteLink key="contact" to="/contact">{messages.contact}</WebsiteLink>,
        <WebsiteLink key="privacy" to="/privacy">{messages.privacy}</WebsiteLink>,
      ],
    },
  ];
  return <SiteFooter tagline={messages.tagline} columns={columns} legal={messages.legal(new Date().getFullYear())} />;
}
