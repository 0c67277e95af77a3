const Page = ({ user, items }) => (
  <Layout title={user.name} {...items.props}>
    {items.map(i => <li key={i.id}>{i.text}</li>)}
    {user.ok && <b>{user.role}</b>}
  </Layout>
);
